// Swagger UI puts a link into the button of each operation, which screen readers
// cannot tell apart, and gives its choice of servers no name (WCAG 2.2 §4.1.2).
// Addresses of operations go on working.
const told = {
  wrapComponents: {
    DeepLink: (_, system) => ({ text }) => system.React.createElement("span", { className: "nostyle" }, text),
  },
};

// Tokens that somebody tries here live in this page alone and go when it is
// closed.
SwaggerUIBundle({
  url: "/openapi.json",
  domNode: document.getElementById("contract"),
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [told],
  syntaxHighlight: { theme: "tomorrow-night" },
  onComplete: () => document.getElementById("servers")?.setAttribute("aria-label", "Server"),
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
  withCredentials: false,
});
