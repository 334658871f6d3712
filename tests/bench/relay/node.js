// SPDX-FileCopyrightText: 2026 The tripd authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What our relay is held against: Node's own HTTP server and the `ws` package, which send the same answers, either as strings
// that are ready or as JSON that is built for each request.
//
// node node.js CANNED PORT ready|json

const fs = require('fs');
const http = require('http');
const {WebSocketServer} = require('ws');

const [canned, port, how] = process.argv.slice(2);
const answer = JSON.parse(fs.readFileSync(canned));
const stages = ['intents', 'pois', 'requirements', 'plan'];
const build = () => [...stages.map(type => JSON.stringify({type, data: answer[type]})), JSON.stringify({type: 'done'})];
const ready = build();
const readyAnswer = JSON.stringify(answer);

const server = http.createServer((request, response) => {
  const body = [];
  request.on('data', chunk => body.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(body));
    response.setHeader('Content-Type', 'application/json');
    response.end(how === 'json' ? JSON.stringify(answer) : readyAnswer);
  });
});

new WebSocketServer({server, path: '/ws/chat', perMessageDeflate: false}).on('connection', socket => {
  socket.on('message', message => {
    JSON.parse(message);
    for (const text of how === 'json' ? build() : ready)
      socket.send(text);
  });
});

server.listen(Number(port), '127.0.0.1',
              () => console.log(`node: listening on http://127.0.0.1:${server.address().port}/`));
