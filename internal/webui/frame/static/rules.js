// The rules of package password, as far as a browser can know them: everything but
// the lists of common and breached passwords. Names are those of acceptable.go and
// pattern.go; a test compares the two on thousands of passwords.
(() => {
  "use strict";
  const enough = 5; // characters that do not follow from the ones before
  const letter = /\p{L}/u;
  const digit = (r) => r >= "0" && r <= "9";
  const two = (p, at) => (p.length >= at + 2 && digit(p[at]) && digit(p[at + 1]) ? Number(p[at] + p[at + 1]) : -1);

  const successor = (r, step) => {
    if (step === 0) return r;
    if (digit(r)) return String((Number(r) + step + 10) % 10);
    return letter.test(r) ? String.fromCodePoint(r.codePointAt(0) + step) : "";
  };

  const runOf = (p, paths) => {
    let longest = 1;
    for (const step of [0, 1, -1]) {
      let n = 1;
      while (n < p.length && successor(p[n - 1], step) === p[n]) n++;
      longest = Math.max(longest, n);
    }
    for (const path of paths) {
      for (const [from, key] of path.entries()) {
        if (key !== p[0]) continue;
        for (const step of [1, -1]) {
          let n = 0;
          for (let at = from; n < p.length && path[at] !== undefined && path[at] === p[n]; at += step) n++;
          longest = Math.max(longest, n);
        }
      }
    }
    return longest;
  };

  const dateLike = (p, shape, separator) => {
    let at = 0;
    for (let n = 0; n < shape.length; n++) {
      const part = shape[n];
      if (n > 0 && separator && (part !== "Y" || shape[n - 1] !== "Y")) {
        if (p[at] !== separator) return 0;
        at++;
      }
      const v = two(p, at);
      if (v < 0 || (part === "D" && (v < 1 || v > 31)) || (part === "M" && (v < 1 || v > 12))) return 0;
      if (part === "Y" && shape[n + 1] === "Y" && v !== 19 && v !== 20) return 0;
      at += 2;
    }
    return at;
  };

  const dateOf = (p) => {
    if (!digit(p[0])) return 0;
    for (const shape of ["DMYY", "MDYY", "YYMD", "YYDM", "DMY", "MDY", "YMD"]) {
      for (const separator of ["", ".", "-", "/", "_", " "]) {
        const n = dateLike(p, shape, separator);
        if (n > 0) return n;
      }
    }
    return 0;
  };

  const isYear = (p) => [19, 20].includes(two(p, 0)) && two(p, 2) >= 0;

  // freeOf counts the characters that do not follow from others, up to a number.
  const freeOf = (p, paths, most) => {
    let free = 0;
    while (p.length > 0 && free < most) {
      let [taken, cost] = [1, 1];
      const run = runOf(p, paths);
      if (run >= 3) [taken, cost] = [run, 2];
      const date = dateOf(p);
      if (date > taken) [taken, cost] = [date, 3];
      else if (taken < 4 && isYear(p)) [taken, cost] = [4, 2];
      free += cost;
      p = p.slice(taken);
    }
    return free;
  };

  const period = (p) => {
    for (let n = 1; 2 * n <= p.length; n++) {
      if (p.slice(n).every((r, at) => r === p[at])) return n;
    }
    return 0;
  };

  const pieces = (about) =>
    about.flatMap((a) => {
      a = a.normalize("NFKC").toLowerCase();
      const at = a.indexOf("@");
      const [local, domain] = at < 0 ? [a, ""] : [a.slice(0, at), a.slice(at + 1)];
      return [a, local, domain, domain.split(".")[0], ...local.split(/\P{L}+/u)];
    });

  const madeOf = (p, known) => {
    let rest = p;
    for (const word of known.sort((a, b) => b.length - a.length)) {
      if ([...word].length >= 3) rest = rest.replaceAll(word, " ");
    }
    return rest !== p && [...rest].filter((r) => /[\p{L}\p{Nd}]/u.test(r)).length < 5;
  };

  // passwordRules.weakness says why a password is refused (short, long, regular or
  // own), or nothing; strength says how many of its characters whoever guesses has
  // to know.
  globalThis.passwordRules = {
    weakness(rules, password, about) {
      const text = password.normalize("NFKC");
      const p = [...text.toLowerCase()];
      const paths = rules.paths.map((path) => [...path]);
      const length = [...text].length;
      const part = period(p);
      if (length < rules.min) return "short";
      if (length > rules.max || (rules.maxBytes && new TextEncoder().encode(text).length > rules.maxBytes)) return "long";
      if (p.every((r) => r === p[0]) || (part > 0 && freeOf(p.slice(0, part), paths, enough) + 1 < enough)) return "regular";
      if (freeOf(p, paths, enough) < enough) return "regular";
      return madeOf(p.join(""), [...pieces(about), rules.product.toLowerCase()]) ? "own" : "";
    },
    strength(rules, password) {
      const p = [...password.normalize("NFKC").toLowerCase()];
      const paths = rules.paths.map((path) => [...path]);
      const part = period(p);
      return part > 0 ? freeOf(p.slice(0, part), paths, Infinity) + 1 : freeOf(p, paths, Infinity);
    },
  };
})();
