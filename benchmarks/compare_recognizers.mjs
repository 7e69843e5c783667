// The Chinese models of Microsoft.Recognizers.Text over the paragraphs on standard input; run by compare_times.py.
// In and out as compare_jionlp.py.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const { recognizeDateTime, Culture } = createRequire(path.resolve("package.json"))("@microsoft/recognizers-text-suite");
const asked = JSON.parse(fs.readFileSync(0, "utf-8"));
const [year, month, day] = asked.base.split("-").map(Number);
const base = new Date(year, month - 1, day);

function length(timex) {
  const [, date = "", time = ""] = /^P([^T]*)T?(.*)$/.exec(timex ?? "") ?? [];
  const sum = (text, units) =>
    [...text.matchAll(/([\d.]+)([A-Z])/g)].reduce((all, [, n, unit]) => all + Number(n) * (units[unit] ?? 0), 0);
  const parts = {
    months: sum(date, { Y: 12, M: 1 }),
    days: sum(date, { W: 7, D: 1 }),
    minutes: sum(time, { H: 60, M: 1 }),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, n]) => n));
}

function says(value) {
  if (value.type === "set") return { every: length(value.timex) };
  if (value.type === "duration") return { span: length(value.timex) };
  if (value.type === "daterange" && value.start && value.end) {
    const last = new Date(new Date(value.end).getTime() - 86400000); // its ranges leave the last day out
    return { start: value.start, end: last.toISOString().slice(0, 10) };
  }
  return { start: value.start ?? value.value, end: value.end ?? value.value };
}

function recognized(text) {
  try {
    return recognizeDateTime(text, Culture.Chinese, undefined, base);
  } catch {
    return [];
  }
}

recognized("2022年10月20日前");
const started = process.cpuUsage();
const results = asked.paragraphs.map(recognized);
const used = process.cpuUsage(started);
const found = results.flatMap((times, no) =>
  times.map((one) => [no, one.start, one.end + 1, (one.resolution?.values ?? []).map(says)]),
);
console.log(JSON.stringify({ seconds: (used.user + used.system) / 1e6, found }));
