// A reporter for node's test runner: one JSON line for each test or suite that was skipped. The runner's own summary
// counts no suites, so a whole suite that is skipped does not show there.
module.exports = async function* skippedReporter(events) {
  for await (const { type, data } of events) {
    if ((type !== "test:pass" && type !== "test:fail") || !data.skip) continue;
    const reason = data.skip === true ? "no reason given" : data.skip;
    yield `${JSON.stringify({ name: data.name, suite: data.details?.type === "suite", file: data.file, reason })}\n`;
  }
};
