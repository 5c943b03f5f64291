"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const rules = all(".rule");
  const filters = document.querySelector(".filters");

  const copy = async (code, button) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };

  for (const command of all("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the command");
    button.addEventListener("click", () => copy(command.querySelector("code"), button));
    command.append(button);
  }

  const show = (chosen) => {
    const wanted = chosen.dataset.show.split(" ").filter(Boolean);
    for (const rule of rules) {
      rule.hidden = wanted.length > 0 && !wanted.includes(rule.dataset.status);
    }
    for (const family of all(".family")) {
      family.hidden = all(".rule:not([hidden])", family).length === 0;
    }
    for (const button of all("[data-show]", filters)) {
      button.setAttribute("aria-pressed", String(button === chosen));
    }
    const shown = rules.filter((rule) => !rule.hidden).length;
    filters.querySelector("[role=status]").textContent = `${shown} of ${rules.length} rules`;
  };

  const reveal = () => {
    const rule = rules.find((it) => it.id === decodeURIComponent(location.hash.slice(1)));
    if (rule) {
      if (rule.hidden) {
        show(filters.querySelector("[data-show='']"));
      }
      rule.open = true;
      rule.scrollIntoView();
    }
  };

  if (filters) {
    filters.hidden = false;
    all("[data-show]", filters).forEach((it) => it.addEventListener("click", () => show(it)));
    const unfold = filters.querySelector("[data-unfold]");
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-expanded") !== "true";
      rules.forEach((it) => { it.open = open; });
      unfold.setAttribute("aria-expanded", String(open));
      unfold.textContent = open ? "Fold all" : "Unfold all";
    });
    show(filters.querySelector("[data-show='']"));
    addEventListener("hashchange", reveal);
    reveal();
  }
})();
