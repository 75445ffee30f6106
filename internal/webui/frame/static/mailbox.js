// Looks for new mail every two seconds while the page is seen, and shows what
// the server would show. Without this script the page has a link that does the
// same.
(() => {
  "use strict";
  const every = 2000;

  const look = async () => {
    const answer = await fetch(location.href, { cache: "no-store", redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(page, "mailbox-mails");
    show(page, "mailbox-count"); // a live region: the change is spoken
  };

  const show = (page, id) => {
    const next = page.getElementById(id);
    const now = document.getElementById(id);
    if (!next || !now || next.innerHTML === now.innerHTML) return;
    const focused = now.contains(document.activeElement) ? document.activeElement.id : "";
    now.replaceChildren(...next.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };

  const again = async () => {
    if (!document.hidden) await look().catch(() => {}); // the server may be restarting
    setTimeout(again, every);
  };
  setTimeout(again, every);
})();
