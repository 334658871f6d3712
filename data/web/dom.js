// SPDX-FileCopyrightText: 2026 The tripd authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Makes elements. Data becomes text nodes only, never markup, so no answer can bring its own script.

export const byId = (id) => document.getElementById(id);

/** An element of `tag` with a class, properties and children; strings become text, nothing becomes nothing. */
export function el(tag, className, children = [], properties = {}) {
  const node = document.createElement(tag);
  if (className)
    node.className = className;
  for (const [name, value] of Object.entries(properties)) {
    if (name in node)
      node[name] = value;
    else
      node.setAttribute(name, value);
  }
  for (const child of [children].flat()) {
    if (child !== null && child !== undefined && child !== '')
      node.append(child);
  }
  return node;
}

/** `value` as text where it is text worth showing, else an empty string: an answer may have the wrong types. */
export function text(value) {
  if (typeof value === 'number' && Number.isFinite(value))
    return String(value);
  return typeof value === 'string' ? value.trim() : '';
}

export const list = (value) => (Array.isArray(value) ? value : []);
