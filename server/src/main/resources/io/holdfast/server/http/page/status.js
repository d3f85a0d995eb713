
"use strict";
const REFRESH_MILLIS = 2000;
const PAGE = 50;
const find = id => document.getElementById(id);
const numbers = new Intl.NumberFormat();
let shown = PAGE;
let timer = 0;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function ago(instant) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 1000));
  if (seconds < 60) return seconds + " s ago";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min ago";
  if (seconds < 86400) return Math.floor(seconds / 3600) + " h ago";
  return Math.floor(seconds / 86400) + " d ago";
}

function figure(list, label, value, className) {
  const pair = element("div");
  pair.append(element("dt", label), element("dd", value, className));
  list.append(pair);
}

function replicas(scope) {
  const box = element("div", undefined, "scroll");
  const table = element("table");
  table.append(element("caption", scope.replicas.length === 1 ? "1 replica" : scope.replicas.length + " replicas"));
  const head = element("tr");
  for (const name of ["Replica", "Of", "Last seen", "Behind", "Batches"]) {
    const cell = element("th", name, name === "Behind" || name === "Batches" ? "number" : "");
    cell.scope = "col";
    head.append(cell);
  }
  table.append(element("thead"), element("tbody"));
  table.tHead.append(head);
  for (const replica of scope.replicas) {
    const row = element("tr");
    const seen = element("td", ago(replica.seenAt));
    seen.title = replica.seenAt;
    row.append(element("td", replica.replica, "mono"), element("td", replica.principal), seen,
      element("td", numbers.format(replica.behind), "number"), element("td", numbers.format(replica.batches), "number"));
    table.tBodies[0].append(row);
  }
  box.append(table);
  return box;
}

function article(scope) {
  const made = element("article");
  made.append(element("h2", scope.scope));
  const figures = element("dl");
  figure(figures, "Records", numbers.format(scope.records));
  figure(figures, "Sequence", numbers.format(scope.sequence));
  figure(figures, "Fingerprint", scope.fingerprint, "mono");
  made.append(figures);
  if (scope.replicas.length > 0) made.append(replicas(scope));
  return made;
}

function state(text, bad) {
  if (find("state").textContent !== text) find("state").textContent = text;
  find("state").className = bad ? "bad" : "";
}

function signedOut(sentence) {
  find("scopes").hidden = find("more").hidden = find("signout").hidden = true;
  find("signin").hidden = false;
  state("Not signed in.", false);
  if (sentence) find("failure").textContent = sentence;
  find("token").focus();
}

async function sentence(answer) {
  try {
    return (await answer.json()).detail;
  } catch (e) {
    return "The server answered with status " + answer.status + ".";
  }
}

async function scopes() {
  const all = [];
  let next = "";
  do {
    const answer = await fetch("/v1/scopes?limit=" + PAGE + (next ? "&page=" + next : ""));
    if (!answer.ok) return { answer };
    const page = await answer.json();
    all.push(...page.scopes);
    next = page.next;
  } while (next && all.length < shown);
  return { all, next };
}

async function refresh() {
  clearTimeout(timer);
  try {
    const { all, next, answer } = await scopes();
    if (answer && (answer.status === 401 || answer.status === 403)) {
      signedOut(answer.status === 403 ? await sentence(answer) : "");
      return;
    }
    if (answer) {
      state(await sentence(answer), true);
    } else {
      show(all, next);
    }
  } catch (e) {
    state("The server cannot be reached; trying again.", true);
  }
  timer = setTimeout(refresh, document.hidden ? 10 * REFRESH_MILLIS : REFRESH_MILLIS);
}

function show(all, next) {
  find("signin").hidden = true;
  find("scopes").hidden = find("signout").hidden = false;
  find("more").hidden = !next;
  find("scopes").replaceChildren(...(all.length > 0 ? all.map(article) : [element("p", "There is no scope yet: none of your devices has registered.")]));
  const records = all.reduce((sum, scope) => sum + scope.records, 0);
  state((all.length === 1 ? "1 scope" : numbers.format(all.length) + " scopes") + (next ? " and more" : "") + ", " + numbers.format(records) + " records.", false);
}

find("signin").addEventListener("submit", async event => {
  event.preventDefault();
  find("failure").textContent = "";
  const answer = await fetch("/v1/session", { method: "POST", headers: { Authorization: "Bearer " + find("token").value.trim() } });
  find("token").value = "";
  if (answer.ok) refresh(); else find("failure").textContent = await sentence(answer);
});

find("signout").addEventListener("click", async () => {
  clearTimeout(timer);
  const session = await fetch("/v1/session");
  if (session.ok) {
    const { csrf } = await session.json();
    await fetch("/v1/session", { method: "DELETE", headers: { "Holdfast-Csrf": csrf } });
  }
  signedOut("");
});

find("more").addEventListener("click", () => { shown += PAGE; refresh(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && find("signin").hidden) refresh(); });
if (location.hash === "#link-used") {
  find("failure").textContent = "That link was used before or is too old; sign in with a token instead.";
  history.replaceState(null, "", "/");
}
refresh();
