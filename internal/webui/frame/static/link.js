// Takes the token of a mailed link out of the address bar and the history, where
// it could be read over a shoulder, copied along, or found later. The page keeps
// it in its form, and a cookie keeps it for when the page is loaded again. Without
// this script the page leads to its address without the token.
(() => {
  "use strict";
  const here = new URL(location.href);
  if (!here.searchParams.has("token")) return;
  here.searchParams.delete("token");
  history.replaceState(null, "", here.pathname + here.search);
})();
