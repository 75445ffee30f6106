// Tokens that somebody tries here live in this page alone and go when it is
// closed.
SwaggerUIBundle({
  url: "/openapi.json",
  domNode: document.getElementById("contract"),
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
  withCredentials: false,
});
