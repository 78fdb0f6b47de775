/// Light or dark as the reader's system has it, or as the reader chooses for all pages of reports.
enum Theme {
  /// Stands in the page's head, so that a page never shows in one theme first and then in the other.
  static let choice = """
    try {
      const chosen = localStorage.getItem("assay-theme");
      if (["light", "dark"].includes(chosen)) { document.documentElement.dataset.theme = chosen; }
    } catch {
      // Where storage is forbidden, the system decides.
    }

    """

  static let button = """
    {
      const root = document.documentElement;
      const themes = ["auto", "light", "dark"];
      const button = make("button", { type: "button", className: "theme" });
      const show = function (theme) {
        if (theme === "auto") { delete root.dataset.theme; } else { root.dataset.theme = theme; }
        button.textContent = "Colours: " + theme;
      };
      button.addEventListener("click", function () {
        const theme = themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length];
        show(theme);
        try { localStorage.setItem("assay-theme", theme); } catch { /* Then the choice is for this page alone. */ }
      });
      show(root.dataset.theme || "auto");
      document.querySelector("header.page").append(button);
    }

    """
}
