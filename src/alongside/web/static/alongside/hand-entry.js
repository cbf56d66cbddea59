// Only comfort: a sheet of paper is typed in with the number keys. Without it, Tab and the arrow keys do the same.
const entry = document.querySelector("[data-hand-entry]");
const rows = [...(entry?.querySelectorAll("fieldset") ?? [])];
const first = (row) => row.querySelector("input:checked") ?? row.querySelector("input");
const goTo = (row) => (row ? first(row) : entry.querySelector("button")).focus();

if (entry) {
  for (const keys of document.querySelectorAll("[data-keys]")) keys.hidden = false;
  goTo(rows.find((row) => !row.querySelector("input:checked")));
}

entry?.addEventListener("keydown", (event) => {
  const at = rows.findIndex((row) => row.contains(event.target));
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const answer = rows[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (answer) answer.checked = true;
  else if (event.key === "Backspace") return event.preventDefault(), goTo(rows[Math.max(at - 1, 0)]);
  else if (event.key !== "Enter") return;
  event.preventDefault();
  goTo(rows[at + 1]);
});
