/** A bubble asks the composer of its conversation to choose a template. */
const asks = new EventTarget();

export function askForTemplate(conversationId: string): void {
  asks.dispatchEvent(new Event(conversationId));
}

/** Calls `choose` when somebody asks, until the function that it gives is called. */
export function onTemplateAsk(conversationId: string, choose: () => void): () => void {
  asks.addEventListener(conversationId, choose);
  return () => asks.removeEventListener(conversationId, choose);
}
