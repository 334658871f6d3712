// SPDX-FileCopyrightText: 2026 The tripd authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One WebSocket to the service, opened again when it breaks. Version 1 of the protocol keeps nothing on the server, so
// a request that was under way is simply sent again. Knows no page.

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 15000;
const MAX_RESENDS = 3;

export class Connection {
  #url;
  #socket = null;
  #request = null;
  #resends = 0;
  #delay = FIRST_DELAY_MS;
  #timer = 0;
  #onMessage;
  #onState;

  /**
   * `onMessage` gets each message of the stream; `onState` gets "connecting", "open", "lost" (a new attempt follows),
   * "resent" (open again, and the request was repeated) or "failed" (the request is given up).
   */
  constructor(url, onMessage, onState) {
    this.#url = url;
    this.#onMessage = onMessage;
    this.#onState = onState;
  }

  get isBusy() {
    return this.#request !== null;
  }

  open() {
    if (this.#socket !== null)
      return;
    clearTimeout(this.#timer);
    this.#onState('connecting');
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = (event) => this.#received(socket, event);
    socket.onclose = () => this.#closed(socket);
  }

  send(request) {
    this.#request = JSON.stringify(request);
    this.#resends = 0;
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(this.#request);
    else
      this.#openNow();
  }

  /** Gives the request up: closing is how a version 1 client cancels. */
  cancel() {
    const socket = this.#socket;
    this.#request = null;
    this.#socket = null;
    socket?.close(1000);
    this.open();
  }

  /** Does not wait for the next attempt. */
  #openNow() {
    if (this.#socket === null)
      this.open();
  }

  #opened(socket) {
    if (socket !== this.#socket)
      return;
    this.#delay = FIRST_DELAY_MS;
    if (this.#request !== null) {
      socket.send(this.#request);
      this.#onState(this.#resends > 0 ? 'resent' : 'open');
    } else {
      this.#onState('open');
    }
  }

  #received(socket, event) {
    if (socket !== this.#socket || this.#request === null)
      return;
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      message = { type: 'error', message: 'The service sent something that is not JSON.' };
    }
    if (message.type === 'done' || message.type === 'error')
      this.#request = null;
    this.#onMessage(message);
  }

  #closed(socket) {
    if (socket !== this.#socket)
      return;
    this.#socket = null;
    if (this.#request !== null && ++this.#resends > MAX_RESENDS) {
      this.#request = null;
      this.#onState('failed');
    } else {
      this.#onState('lost');
    }
    this.#timer = setTimeout(() => this.open(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, LAST_DELAY_MS);
  }
}
