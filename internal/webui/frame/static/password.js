// Lets people see the password that they type, and says of one that they choose
// how hard it is to guess (rules.js). What is typed stays in its field: nothing is
// kept and nothing is sent. Without this script there is neither button nor meter.
(() => {
  "use strict";
  const good = 12; // characters that do not follow from others
  const calm = 400; // milliseconds without a key, so that a screen reader speaks once

  const button = (input) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "button-link show";
    b.setAttribute("aria-controls", input.id);
    const set = (shown) => {
      input.type = shown ? "text" : "password";
      b.textContent = shown ? input.dataset.hide : input.dataset.show;
    };
    b.addEventListener("click", () => {
      set(input.type === "password");
      input.focus();
    });
    // Browsers keep what was typed into a field of text.
    input.form.addEventListener("submit", () => set(false));
    addEventListener("pagehide", () => set(false));
    set(false);
    input.after(b);
  };

  const meter = (box) => {
    const input = document.getElementById(box.dataset.strength);
    const rules = JSON.parse(box.dataset.rules);
    const [bar, says] = [box.querySelector("meter"), box.querySelector("p")];
    const others = () => [...input.form.elements].filter((e) => e.name === "email" || e.name === "name").map((e) => e.value);
    const verdict = () => {
      if (!input.value) return ["", 0];
      const why = passwordRules.weakness(rules, input.value, others());
      if (why) return [why, 1];
      return passwordRules.strength(rules, input.value) < good ? ["fair", 2] : ["good", 3];
    };
    let waiting = 0;
    const look = () => {
      const [what, value] = verdict();
      bar.value = value;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const missing = rules.min - [...input.value.normalize("NFKC")].length;
        says.textContent = what ? box.dataset[what].replace("{n}", missing) : "";
      }, calm);
    };
    input.form.addEventListener("input", look);
    box.hidden = false;
    look();
  };

  for (const input of document.querySelectorAll("input[data-show]")) button(input);
  for (const box of document.querySelectorAll("[data-strength]")) meter(box);
})();
