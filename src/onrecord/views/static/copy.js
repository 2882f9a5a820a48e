for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy)
  const told = document.getElementById(button.dataset.told)
  button.hidden = false
  button.addEventListener("click", async () => {
    let copied = true
    try {
      await navigator.clipboard.writeText(field.value)
    } catch {
      field.focus()
      field.select()
      copied = document.execCommand("copy")
    }
    told.textContent = copied ? "Copied" : "Marked: copy it with Ctrl+C or Cmd+C"
  })
}
