// SPDX-FileCopyrightText: 2026 The tripd authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The page's behaviour: what is sent, which stage is shown as running, and the state that is carried into the next
// message.

import { Connection } from './connection.js';
import { showCredits } from './credits.js';
import { byId, list } from './dom.js';
import { showIntents, showPlaces, showPlan, showRequirements } from './plan-view.js';

const STAGES = ['intents', 'pois', 'requirements', 'plan'];
const RUNNING_TEXTS = {
  intents: 'Reading your message…',
  pois: 'Looking for places…',
  requirements: 'Noting your wishes…',
  plan: 'Planning the days…',
};

const FIRST_PLACEHOLDER = byId('message').placeholder;

/** The trip as the last complete answer left it; it goes out with the next message. */
let trip = { pois: [], requirements: [], plan: [] };
/** The answer that is arriving. It becomes the trip when it is complete, so a broken one changes nothing. */
let arriving = {};
let lastMessage = '';

const connection = new Connection(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/chat`,
  receive, showConnection);

const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

function setStatus(message) {
  byId('status').textContent = message;
}

function setStage(running) {
  const position = STAGES.indexOf(running);
  STAGES.forEach((stage, i) => {
    const item = byId(`stage-${stage}`);
    item.className = position < 0 || i < position ? 'done' : i === position ? 'running' : '';
    item.toggleAttribute('aria-current', i === position);
    if (i === position)
      item.setAttribute('aria-current', 'step');
  });
}

function clearStages() {
  STAGES.forEach((stage) => {
    const item = byId(`stage-${stage}`);
    if (item.className !== 'done')
      item.className = '';
    item.removeAttribute('aria-current');
  });
}

function setBusy(busy) {
  byId('send').hidden = busy;
  byId('stop').hidden = !busy;
  document.body.classList.toggle('busy', busy);
  byId('plan').setAttribute('aria-busy', String(busy));
}

function showProblem(message) {
  byId('problem-text').textContent = message;
  byId('problem').hidden = message === '';
}

function start(message) {
  if (connection.isBusy)
    return;
  lastMessage = message;
  arriving = {};
  showProblem('');
  showIntents([]);
  byId('progress').hidden = false;
  byId('examples').hidden = true;
  setStage('intents');
  setStatus(RUNNING_TEXTS.intents);
  setBusy(true);
  connection.send({ message, ...trip });
}

function finish() {
  trip = { pois: list(arriving.pois), requirements: list(arriving.requirements), plan: list(arriving.plan) };
  setStage('');
  setStatus(trip.plan.length > 0
    ? `Done: ${count(trip.plan.length, 'option', 'options')}, ${count(trip.pois.length, 'place', 'places')}.`
    : 'Done.');
  setBusy(false);
  byId('message').value = '';
  showQuestion();
}

/** Asks for a trip, or for changes to the one there is. */
function showQuestion() {
  const changing = trip.plan.length > 0;
  byId('question').textContent = changing ? 'What would you like to change?' : 'Where would you like to go?';
  byId('message').placeholder = changing ? 'A lighter day 2, no early mornings, add a castle…' : FIRST_PLACEHOLDER;
  byId('send').textContent = changing ? 'Change' : 'Plan';
  byId('reset').hidden = trip.pois.length === 0 && trip.requirements.length === 0;
}

/** What the page shows must be what the next message carries. */
function showTrip() {
  showRequirements(trip.requirements);
  showPlaces(trip.pois);
  showPlan(trip.plan, trip.pois);
}

function fail(message) {
  clearStages();
  setStatus('');
  setBusy(false);
  showTrip();
  showProblem(message);
}

function advance(stage) {
  const next = STAGES[STAGES.indexOf(stage) + 1];
  if (next === undefined)
    return;
  setStage(next);
  setStatus(stage === 'pois' && list(arriving.pois).length > 0
    ? `${count(arriving.pois.length, 'place', 'places')}. ${RUNNING_TEXTS[next]}` : RUNNING_TEXTS[next]);
}

function receive(message) {
  switch (message.type) {
    case 'intents':
      showIntents(message.data);
      break;
    case 'pois':
      arriving.pois = message.data;
      showPlaces(message.data);
      break;
    case 'requirements':
      arriving.requirements = message.data;
      showRequirements(message.data);
      break;
    case 'plan':
      arriving.plan = message.data;
      showPlan(message.data, arriving.pois);
      break;
    case 'done':
      finish();
      return;
    case 'error':
      fail(String(message.message ?? 'The service reported an error.'));
      return;
    default:
      return;
  }
  advance(message.type);
}

function showConnection(state) {
  const label = byId('connection');
  const busy = connection.isBusy;
  label.className = `connection ${state === 'resent' ? 'open' : state}`;
  label.textContent = {
    connecting: 'Connecting…',
    open: 'Connected',
    resent: 'Connected',
    lost: 'Connection lost',
    failed: 'Connection lost',
  }[state];
  if (state === 'failed')
    fail('The service cannot be reached, so your message was not answered. Is tripd running?');
  else if (state === 'lost' && busy)
    setStatus('The connection was lost. Trying again…');
  else if (state === 'resent') {
    setStage('intents');
    setStatus('Connected again; your message was sent once more.');
  }
}

function reset() {
  if (connection.isBusy)
    connection.cancel();
  trip = { pois: [], requirements: [], plan: [] };
  showTrip();
  showProblem('');
  setBusy(false);
  byId('progress').hidden = true;
  byId('examples').hidden = false;
  byId('message').value = '';
  showQuestion();
  byId('message').focus();
}

function stop() {
  if (!connection.isBusy)
    return;
  connection.cancel();
  clearStages();
  setBusy(false);
  showTrip();
  setStatus('Stopped. Nothing was changed.');
  byId('message').focus();
}

function submit() {
  const message = byId('message').value.trim();
  if (message !== '')
    start(message);
}

byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});
byId('message').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape')
    stop();
});
byId('stop').addEventListener('click', stop);
byId('reset').addEventListener('click', reset);
byId('retry').addEventListener('click', () => start(lastMessage));
for (const example of byId('examples').querySelectorAll('button')) {
  example.addEventListener('click', () => {
    byId('message').value = example.textContent;
    submit();
  });
}

connection.open();
showCredits();
byId('message').focus();
