/** What a message on the queue asks for; anything else on the queue is an EventBridge event. */
export type ControllerMessage =
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'fleet'; readonly name: string }
  /** Look at everything. */
  | { readonly kind: 'sweep' };
