// SPDX-FileCopyrightText: 2026 The tripd authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whose data the service carries, at the foot of the page.

import { byId, el, list, text } from './dom.js';

/** Only an address of the web: the service's word is not worth more than that. */
const webAddress = (value) => (/^https?:\/\//.test(text(value)) ? text(value) : '');

function withLink(words, address) {
  return address === '' ? words : el('a', '', words, { href: address, rel: 'noreferrer' });
}

/** Asks for the credits and shows them; where there is no answer, nothing is shown. */
export async function showCredits() {
  let sources;
  try {
    sources = list((await (await fetch('/about')).json()).data);
  } catch {
    return;
  }
  sources.forEach((source, i) => {
    byId('credit-list').append(i > 0 ? '; ' : '', withLink(text(source?.credit), webAddress(source?.url)), ' (',
      withLink(text(source?.licence), webAddress(source?.licence_url)), ')');
  });
  byId('credits').hidden = sources.length === 0;
}
