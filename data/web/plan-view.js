// SPDX-FileCopyrightText: 2026 The tripd authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Shows what the stages deliver: intents, wishes, places, and the options of a plan with their days. Knows no
// connection.

import { byId, el, list, text } from './dom.js';

const PLACES_AT_FIRST = 6;
const SHORT_HOURS = 36;

const TYPE_NAMES = {
  restaurant: 'Restaurant',
  lodge: 'Lodging',
  tourist_destination: 'Sight',
  unknown: 'Place',
};
const PRIORITY_NAMES = { must_have: 'Must', preferred: 'Prefer', avoid: 'Avoid' };
const KIND_NAMES = { visit: 'Visit', meal: 'Meal', transfer: 'Travel', free: 'Free time', check_in: 'Check-in' };
const INTENT_NAMES = { Points_Of_Interest: 'Place', Schedule_Requirement: 'Wish', Schedule_Option: 'Change' };
const METHOD_NAMES = { walk: 'on foot' };

const typeOf = (poi) => (Object.hasOwn(TYPE_NAMES, poi?.poi_type) ? poi.poi_type : 'tourist_destination');

function formatMoney(amount, currency) {
  if (typeof amount !== 'number' || !Number.isFinite(amount) || !/^[A-Z]{3}$/.test(currency ?? ''))
    return '';
  const style = { style: 'currency', currency, maximumFractionDigits: 2, minimumFractionDigits: 0 };
  return new Intl.NumberFormat(undefined, style).format(amount);
}

function formatDate(iso) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text(iso));
  if (match === null)
    return '';
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  const style = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(undefined, style).format(date);
}

function formatDistance(metres) {
  if (typeof metres !== 'number' || !(metres > 0))
    return '';
  return metres < 950 ? `${Math.round(metres / 50) * 50} m` : `${(metres / 1000).toFixed(metres < 9500 ? 1 : 0)} km`;
}

/** OpenStreetMap's notation, with room to break the line. */
function formatHours(hours) {
  const value = text(hours);
  return value === '24/7' ? 'always open' : value.replaceAll(/([,;])(?=\S)/g, '$1 ');
}

/** The hours where they fit into a line; those that change with the season do not. */
function shortHours(hours) {
  const value = formatHours(hours);
  return value.length <= SHORT_HOURS ? value : '';
}

/** The hours that do not fit into a line, to be unfolded. */
function buildLongHours(hours) {
  const value = formatHours(hours);
  return value.length <= SHORT_HOURS ? null
    : el('details', 'hours dim', [el('summary', '', 'Opening hours vary'), value.replaceAll('; ', ';\n')]);
}

const joined = (parts) => parts.filter((part) => part !== '').join(' · ');

/** What was understood; answers to questions are shown as sentences. */
export function showIntents(intents) {
  const chips = [];
  const replies = [];
  for (const intent of list(intents)) {
    const value = text(intent?.value);
    if (intent?.intent === 'General_Response' || intent?.intent === 'Not_Relevant') {
      replies.push(el('p', 'reply', value));
      continue;
    }
    const kind = INTENT_NAMES[intent?.intent] ?? '';
    const sign = { remove: '−', modify: '~' }[intent?.action] ?? '+';
    const chip = el('li', `chip ${intent?.action === 'remove' ? 'remove' : ''}`, [
      el('span', 'dim', `${sign} ${kind}`), ' ', value,
    ]);
    chips.push(chip);
  }
  byId('intents').replaceChildren(...chips);
  byId('intents').hidden = chips.length === 0;
  byId('replies').replaceChildren(...replies);
}

export function showRequirements(requirements) {
  const items = list(requirements).map((requirement) => {
    const priority = Object.hasOwn(PRIORITY_NAMES, requirement?.priority) ? requirement.priority : 'preferred';
    return el('li', '', [el('span', `badge ${priority}`, PRIORITY_NAMES[priority]), text(requirement?.description)]);
  });
  byId('requirement-list').replaceChildren(...items);
  byId('requirements').hidden = items.length === 0;
}

function buildPlace(poi) {
  const type = typeOf(poi);
  return el('li', 'place', [
    el('span', `marker ${type}`, '', { 'aria-hidden': 'true' }),
    el('div', '', [
      el('div', 'place-head', [el('span', 'place-name', text(poi?.name)), el('span', 'dim cost', text(poi?.cost))]),
      el('div', 'dim', joined([TYPE_NAMES[type], shortHours(poi?.opening_hours)])),
      buildLongHours(poi?.opening_hours),
      el('div', 'place-text', text(poi?.description)),
      text(poi?.special_instructions) === '' ? null : el('div', 'dim', text(poi.special_instructions)),
    ]),
  ]);
}

export function showPlaces(pois) {
  const items = list(pois).map(buildPlace);
  const more = byId('more-places');
  const setFolded = (folded) => {
    items.forEach((item, i) => { item.hidden = folded && i >= PLACES_AT_FIRST; });
    more.textContent = folded ? `Show all ${items.length} places` : 'Show fewer';
    more.setAttribute('aria-expanded', String(!folded));
  };
  byId('place-list').replaceChildren(...items);
  byId('place-count').textContent = String(items.length);
  byId('places').hidden = items.length === 0;
  more.hidden = items.length <= PLACES_AT_FIRST;
  setFolded(true);
  more.onclick = () => setFolded(more.getAttribute('aria-expanded') === 'true');
}

function buildWay(way, currency) {
  if (typeof way !== 'object' || way === null)
    return null;
  const minutes = typeof way.minutes === 'number' ? `${way.minutes} min` : text(way.duration);
  const method = text(way.method);
  const label = joined([
    [minutes, METHOD_NAMES[method] ?? (method === '' ? '' : `by ${method}`)].filter((part) => part !== '').join(' '),
    formatDistance(way.distance_m),
    way.cost > 0 ? formatMoney(way.cost, currency) : '',
  ]);
  return label === '' ? null : el('li', 'way dim', label);
}

function buildBlock(block, currency) {
  const kind = Object.hasOwn(KIND_NAMES, block?.kind) ? block.kind : 'visit';
  const description = text(block?.description);
  const places = list(block?.pois).map((poi) => {
    // The description mostly names the place already.
    const name = description.includes(text(poi?.name)) ? '' : text(poi?.name);
    const notes = joined([shortHours(poi?.opening_hours), text(poi?.cost)]);
    return el('li', '', [
      name === '' ? null : el('span', 'place-name', name), ' ', notes === '' ? null : el('span', 'dim', notes),
    ]);
  });
  return [
    buildWay(block?.transportation, currency),
    el('li', `block ${kind}`, [
      el('div', 'time', text(block?.time)),
      el('div', 'what', [
        el('div', 'block-head', [
          // “Visit” need not stand before “Visit the castle”.
          description.startsWith(KIND_NAMES[kind]) ? null : el('span', 'kind', KIND_NAMES[kind]), description,
        ]),
        places.length === 0 ? null : el('ul', 'block-places', places),
      ]),
    ]),
  ];
}

function buildDay(day, index, currency) {
  const lodging = text(day?.lodging_poi?.name) || text(day?.lodging);
  const blocks = list(day?.blocks).flatMap((block) => buildBlock(block, currency));
  return el('section', 'card day', [
    el('h3', '', [
      el('span', 'day-number', `Day ${index + 1}`),
      el('span', 'day-title', text(day?.highlight)),
      el('span', 'dim day-date', formatDate(day?.date)),
    ]),
    el('ol', 'timeline', blocks),
    lodging === '' ? null : el('p', 'lodging', [
      el('span', 'marker lodge', '', { 'aria-hidden': 'true' }),
      el('span', '', [el('span', 'dim', 'Night at '), lodging]),
      el('span', 'dim cost', text(day?.lodging_poi?.cost)),
    ]),
  ]);
}

const costOf = (option) => formatMoney(option?.cost_total, option?.currency) || text(option?.overall_cost);

function buildPanel(option, index) {
  const days = list(option?.days);
  const start = formatDate(option?.start_date);
  const length = days.length === 1 ? '1 day' : `${days.length} days`;
  return el('div', 'panel', [
    el('div', 'summary', [
      el('p', 'price', costOf(option)),
      el('p', 'dim', joined([length, start === '' ? '' : `from ${start}`])),
      text(option?.general_notes) === '' ? null : el('p', 'notes', text(option.general_notes)),
    ]),
    ...days.map((day, i) => buildDay(day, i, option?.currency)),
  ], { id: `panel-${index}`, role: 'tabpanel', tabIndex: 0, 'aria-labelledby': `tab-${index}` });
}

function selectTab(tabs, panels, index, focus) {
  tabs.forEach((tab, i) => {
    tab.setAttribute('aria-selected', String(i === index));
    tab.tabIndex = i === index ? 0 : -1;
    panels[i].hidden = i !== index;
  });
  if (focus)
    tabs[index].focus();
}

function handleTabKey(event, tabs, panels, index) {
  const last = tabs.length - 1;
  const target = {
    ArrowRight: index === last ? 0 : index + 1,
    ArrowLeft: index === 0 ? last : index - 1,
    Home: 0,
    End: last,
  };
  if (!Object.hasOwn(target, event.key))
    return;
  event.preventDefault();
  selectTab(tabs, panels, target[event.key], true);
}

function collectAttributions(pois) {
  const lines = new Set(list(pois).map((poi) => text(poi?.attribution)).filter((line) => line !== ''));
  return [...lines].slice(0, 8).join(' · ');
}

/** The options as tabs; none means there is nothing to show yet. */
export function showPlan(plan, pois) {
  const options = list(plan);
  const panels = options.map(buildPanel);
  const tabs = options.map((option, i) => el('button', 'tab', [
    el('span', 'tab-title', text(option?.title) || `Option ${i + 1}`),
    el('span', 'dim', costOf(option)),
  ], { id: `tab-${i}`, type: 'button', role: 'tab', 'aria-controls': `panel-${i}` }));
  tabs.forEach((tab, i) => {
    tab.onclick = () => selectTab(tabs, panels, i, false);
    tab.onkeydown = (event) => handleTabKey(event, tabs, panels, i);
  });
  byId('tabs').replaceChildren(...tabs);
  byId('panels').replaceChildren(...panels);
  byId('attribution').textContent = collectAttributions(pois);
  byId('options').hidden = options.length === 0;
  byId('empty').hidden = options.length > 0;
  if (options.length > 0)
    selectTab(tabs, panels, 0, false);
}
