/**
 * Run as a process of its own: passes datagrams on to a name server and back, each way half a round trip late, so that
 * every program, ours and others, sees the same distance. Arguments: LISTEN-ADDRESS LISTEN-PORT ADDRESS PORT RTT-MS
 */
import { createSocket } from "node:dgram";

const [listenAddress = "", listenPort = "", address = "", port = "", rtt = ""] = process.argv.slice(2);
const half = Number(rtt) / 2;
const outside = createSocket({ type: "udp4", recvBufferSize: 4 << 20 });

outside.on("message", (query, from) => {
  const inside = createSocket("udp4");
  const timer = setTimeout(() => inside.close(), 5_000);
  inside.on("message", (answer) => {
    setTimeout(() => outside.send(answer, from.port, from.address), half);
    clearTimeout(timer);
    inside.close();
  });
  setTimeout(() => inside.send(query, Number(port), address), half);
});
outside.bind(Number(listenPort), listenAddress, () => process.stdout.write("ready\n"));
