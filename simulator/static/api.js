// Calls of the control API. Every function rejects with an Error whose message can be shown.

const base = document.body.dataset.base;

async function call(method, path, body) {
  const response = await fetch(`${base}/control${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(typeof problem.detail === "string" ? problem.detail : `Error ${response.status}`);
  }
  return response.status === 204 ? null : response.json();
}

const query = (line) => new URLSearchParams({ channel: line.channel, address: line.address });

export const people = () => call("GET", "/people");
export const chat = (line) => call("GET", `/chat?${query(line)}`);
export const act = (line, kind, fields = {}) =>
  call("POST", "/inbound", { ...line, kind, ...fields });
export const faults = () => call("GET", "/faults");
export const changeFaults = (changes) => call("PATCH", "/faults", changes);
export const webhooks = () => call("GET", "/webhooks");
export const release = () => call("POST", "/webhooks/release", {});
export const replay = (number) => call("POST", `/webhooks/${number}/replay`);
export const closeWindow = (address) => call("POST", "/window", { address });
export const dial = (address) => call("POST", "/calls", { address });
export const callNow = (sid) => call("GET", `/calls/${sid}`);
export const callsOf = (address) =>
  call("GET", `/calls?${new URLSearchParams({ person: address, going_on: true })}`);
export const actInCall = (sid, kind, fields) =>
  call("POST", `/calls/${sid}/acts`, { kind, wait: false, ...fields });
export const events = (line) => new EventSource(`${base}/control/events?${query(line)}`);
export const fileUrl = (path) => (/^[a-z]+:/.test(path) ? path : `${base}/${path}`);
