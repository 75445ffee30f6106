// Sends a form once. A browser that is asked twice drops the answer to the
// first request, which the server has carried out: what is shown once, such as
// recovery codes, would be lost, and the second request would meet what the first
// has done. Without this script the forms work as ever.
(() => {
  "use strict";
  const patience = 30_000; // then whoever stopped the page from loading may send again
  let sent = -Infinity;
  addEventListener("submit", (e) => {
    if (e.defaultPrevented) return; // another script has something to do first
    if (e.timeStamp - sent < patience) e.preventDefault();
    else if (!e.target.hasAttribute("data-file")) sent = e.timeStamp; // a file leaves the page as it is
  });
  addEventListener("pageshow", (e) => {
    if (e.persisted) sent = -Infinity; // somebody came back to it
  });
})();
