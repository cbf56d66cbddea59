// Only comfort: a card can also be dragged into another column. It sends what its button would send.
const board = document.querySelector(".board");
let held = null;

for (const card of board?.querySelectorAll("[data-card]") ?? []) {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    held = card;
    card.classList.add("held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.card);
  });
  card.addEventListener("dragend", () => {
    card.classList.remove("held");
    held = null;
  });
}

for (const column of board?.querySelectorAll("[data-state]") ?? []) {
  const elsewhere = () => held && !column.contains(held);
  column.addEventListener("dragover", (event) => {
    if (!elsewhere()) return;
    event.preventDefault();
    column.classList.add("over");
  });
  column.addEventListener("dragleave", () => column.classList.remove("over"));
  column.addEventListener("drop", (event) => {
    if (!elsewhere()) return;
    event.preventDefault();
    const move = document.createElement("input");
    move.type = "hidden";
    move.name = "move";
    move.value = `${held.dataset.card} ${column.dataset.state} ${held.dataset.revision}`;
    board.append(move);
    board.submit();
  });
}
