import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ProgramEnd } from "../../cli/environment";
import { ran } from "./fake-environment";
import { failing } from "./verdicts";

const urn = (type: string, name: string): string => `urn:pulumi:prod::mail::${type}::${name}`;
const rdns = (name: string, ipAddress: unknown, dnsPtr: unknown) => ({
  urn: urn("hcloud:index/rdns:Rdns", name),
  type: "hcloud:index/rdns:Rdns",
  custom: true,
  id: name,
  outputs: { ipAddress, dnsPtr },
});
const exported = (...resources: unknown[]): string =>
  JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });
const pulumi = (answer: ProgramEnd) => ({ programs: { pulumi: () => answer } });
const ended = (stdout: string, status = 0, stderr = ""): ProgramEnd => ({ kind: "ended", status, stdout, stderr });

const two = exported(rdns("v4", "192.0.2.10", "Mail.Example.com."), rdns("v6", "2001:DB8::10", "mail.example.com"));
const addresses = [
  { ip: "192.0.2.10", expected: "mail.example.com" },
  { ip: "2001:db8::10", expected: "mail.example.com" },
];

describe("fcrdns stack", () => {
  it("checks every address in an export, from a file, from standard input and from pulumi", async () => {
    const runs: [args: string[], options: object][] = [
      [["--export", "stack.json"], { files: { "stack.json": two } }],
      [["--export", "-"], { stdin: two }],
      [["--stack", "prod"], pulumi(ended(two))],
      [[], pulumi(ended(two))],
    ];
    for (const [args, options] of runs) {
      const { status, environment } = await ran(["stack", ...args], options);
      assert.deepEqual(environment.asked, addresses);
      assert.equal(status, 0);
    }
  });

  it("runs pulumi with the stack's name as part of one word, so that it can be no other flag", async () => {
    const seen: (readonly string[])[] = [];
    const programs = {
      pulumi: (args: readonly string[]) => {
        seen.push(args);
        return ended(two);
      },
    };
    await ran(["stack", "--stack", "--cwd=/etc"], { programs });
    await ran(["stack"], { programs });
    assert.deepEqual(seen, [
      ["stack", "export", "--non-interactive", "--stack=--cwd=/etc"],
      ["stack", "export", "--non-interactive"],
    ]);
  });

  it("says of a sensitive address in a Terraform state what can be done there", async () => {
    const resource = { address: "hcloud_rdns.v4", mode: "managed", type: "hcloud_rdns" };
    const values = { ip_address: "192.0.2.10", dns_ptr: "mail.example.com" };
    const root_module = { resources: [{ ...resource, values, sensitive_values: { ip_address: true } }] };
    const files = { "state.json": JSON.stringify({ format_version: "1.0", values: { root_module } }) };
    const { status, stderr } = await ran(["stack", "--terraform", "state.json"], { files });
    assert.equal(status, 2);
    assert.match(stderr, /hcloud_rdns\.v4 .*Terraform marks it as sensitive \(then give it to fcrdns verify\)/);
    assert.doesNotMatch(stderr, /pulumi|192\.0\.2\.10/);
  });

  it("reads what terraform show -json writes", async () => {
    const state = {
      format_version: "1.0",
      values: {
        root_module: {
          resources: [
            {
              address: "hcloud_rdns.mail",
              mode: "managed",
              type: "hcloud_rdns",
              name: "mail",
              values: { ip_address: "192.0.2.10", dns_ptr: "mail.example.com" },
            },
          ],
        },
      },
    };
    const { status, environment } = await ran(["stack", "--terraform", "-"], { stdin: JSON.stringify(state) });
    assert.deepEqual(environment.asked, addresses.slice(0, 1));
    assert.equal(status, 0);
  });

  it("is not green when it found nothing", async () => {
    const bucket = { urn: urn("aws:s3/bucket:Bucket", "b"), type: "aws:s3/bucket:Bucket", outputs: {} };
    for (const text of [exported(), exported(bucket)]) {
      const { status, stdout, stderr } = await ran(["stack", "--export", "-"], { stdin: text });
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, /^fcrdns: no sending address in standard input: none of its \d resources [^\n]*\n$/);
    }
  });

  it("leaves a droplet out that is named in full but serves the web", async () => {
    const type = "digitalocean:index/droplet:Droplet";
    const outputs = { name: "www.example.com", ipv4Address: "192.0.2.30" };
    const web = { urn: urn(type, "web"), type, outputs };
    const alone = await ran(["stack", "--export", "-"], { stdin: exported(web) });
    assert.deepEqual([alone.status, alone.environment.asked], [2, []]);
    const beside = exported(web, rdns("v4", "192.0.2.10", "mail.example.com"));
    const { environment } = await ran(["stack", "--export", "-"], { stdin: beside });
    assert.deepEqual(
      environment.asked.map(({ ip }) => ip),
      ["192.0.2.10"],
    );
  });

  it("is not green when an address is secret", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    const some = exported(rdns("v4", "192.0.2.10", "mail.example.com"), rdns("hidden", secret, "mail.example.com"));
    const { status, stderr } = await ran(["stack", "--export", "-"], { stdin: some });
    assert.equal(status, 3);
    assert.match(
      stderr,
      /^fcrdns: the address of urn:pulumi:prod::mail::hcloud:index\/rdns:Rdns::hidden is not in the state/,
    );
    const all = await ran(["stack", "--export", "-"], { stdin: exported(rdns("hidden", secret, "x.example.com")) });
    assert.equal(all.status, 2);
    assert.match(all.stderr, /no sending address in standard input is known yet/);
  });

  it("checks an address once that several resources name alike, and twice when they differ", async () => {
    const same = exported(rdns("a", "192.0.2.10", "mail.example.com"), rdns("b", "192.0.2.10", "mail.example.com."));
    assert.equal((await ran(["stack", "--export", "-"], { stdin: same })).environment.asked.length, 1);
    const other = exported(rdns("a", "192.0.2.10", "mail.example.com"), rdns("b", "192.0.2.10", "m2.example.com"));
    assert.equal((await ran(["stack", "--export", "-"], { stdin: other })).environment.asked.length, 2);
  });

  it("lets DNS judge a PTR value that is no name", async () => {
    const { environment } = await ran(["stack", "--export", "-"], { stdin: exported(rdns("a", "192.0.2.10", "a..b")) });
    assert.deepEqual(environment.asked, [{ ip: "192.0.2.10", expected: null }]);
  });

  it("names the resource of an address that fails", async () => {
    const judge = ({ ip }: { ip: string }) => failing(ip);
    const { stdout, status } = await ran(["stack", "--export", "-"], { stdin: two, judge });
    assert.match(stdout, / {4}resource {2}urn:pulumi:prod::mail::hcloud:index\/rdns:Rdns::v4\n/);
    assert.equal(status, 1);
    const json = JSON.parse((await ran(["stack", "--export", "-", "--format", "json"], { stdin: two, judge })).stdout);
    assert.deepEqual(json.results[0].stack, {
      urn: urn("hcloud:index/rdns:Rdns", "v4"),
      cloud: "hcloud",
      reverse: "set",
    });
  });

  it("shows the ticket that an address of a SendingIp waits for", async () => {
    const ticket = {
      provider: "racknerd",
      title: "RackNerd",
      route: { by: "support ticket", url: "https://my.racknerd.com", account: "the account that owns the server" },
      ask: { kind: "ptr" },
      addresses: [],
      state: "ready",
      missing: [],
      subject: "Reverse DNS (PTR) request for 192.0.2.10",
      body: "Hello,\nplease set the PTR.",
      fields: {},
    };
    const component = {
      urn: urn("pulumi-fcrdns:index:SendingIp", "mail"),
      type: "pulumi-fcrdns:index:SendingIp",
      outputs: {
        hostname: "mail.example.com",
        endpoints: [
          {
            address: "192.0.2.10",
            family: 4,
            hostname: "mail.example.com",
            reverse: "ticket",
            cloud: "racknerd",
            ticket,
          },
        ],
      },
    };
    const judge = ({ ip }: { ip: string }) => failing(ip);
    const { stdout } = await ran(["stack", "--export", "-"], { stdin: exported(component), judge });
    assert.match(stdout, / {4}waiting {3}for RackNerd.*send this ticket/);
    assert.match(stdout, /\n {2}\| Subject: Reverse DNS \(PTR\) request for 192\.0\.2\.10\n/);
    assert.match(stdout, /\n {2}\| please set the PTR\.\n/);
    const github = await ran(["stack", "--export", "-", "--format", "github"], { stdin: exported(component), judge });
    assert.match(github.stdout, /%0AWaiting for RackNerd/);
  });

  it("finds an address that only an MX names, with the reason, in every format", async () => {
    const of = (type: string, name: string, outputs: object) => ({
      urn: urn(type, name),
      type,
      custom: true,
      id: name,
      outputs,
    });
    const record = (type: string, name: string, content: string) =>
      of("cloudflare:index/dnsRecord:DnsRecord", type, { zoneId: "z", type, name, content });
    const stdin = exported(
      of("aws:ec2/eip:Eip", "mail", { publicIp: "192.0.2.10" }),
      record("A", "mail.example.com", "192.0.2.10"),
      record("MX", "example.com", "mail.example.com"),
    );
    const why = "the MX of example.com names mail.example.com, whose A record is this address";
    const judge = ({ ip }: { ip: string }) => failing(ip);
    for (const format of ["text", "github", "markdown", "junit", "sarif", "ndjson"]) {
      const { stdout, status, environment } = await ran(["stack", "--export", "-", "--format", format], {
        stdin,
        judge,
      });
      assert.ok(stdout.includes(why), `${format}: ${stdout}`);
      assert.deepEqual(environment.asked, [{ ip: "192.0.2.10", expected: "mail.example.com" }]);
      assert.equal(status, 1);
    }
    const json = JSON.parse((await ran(["stack", "--export", "-", "--format", "json"], { stdin })).stdout);
    assert.deepEqual(json.results[0].stack, {
      urn: urn("aws:ec2/eip:Eip", "mail"),
      cloud: "aws",
      reverse: "unset",
      reasons: [why],
    });
    assert.match((await ran(["stack", "--export", "-"], { stdin })).stdout, / {4}why {7}the MX of example\.com names/);
  });

  it("names a NAT gateway whose addresses are not in the state, and does not pass", async () => {
    const of = (type: string, name: string, outputs: object) => ({
      urn: urn(type, name),
      type,
      custom: true,
      id: name,
      outputs,
    });
    const stdin = exported(
      rdns("v4", "192.0.2.10", "mail.example.com"),
      of("gcp:compute/router:Router", "r", { name: "r", network: "default" }),
      of("gcp:compute/routerNat:RouterNat", "nat", {
        router: "r",
        natIpAllocateOption: "AUTO_ONLY",
        sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      }),
      of("gcp:compute/firewall:Firewall", "smtp", {
        network: "default",
        direction: "EGRESS",
        allows: [{ protocol: "tcp", ports: ["25"] }],
      }),
      of("gcp:compute/instance:Instance", "mta", { networkInterfaces: [{ network: "default" }] }),
    );
    const { stderr, status } = await ran(["stack", "--export", "-"], { stdin });
    assert.match(
      stderr,
      /mail leaves by addresses of urn:.*::nat that are not in the state.*NAT gateway of the network of mta/,
    );
    assert.equal(status, 3);
  });

  it("passes on in one line why pulumi did not export", async () => {
    const stderr = "error: no stack named 'prod' found\nmore\n";
    const end = await ran(["stack", "--stack", "prod"], pulumi(ended("", 255, stderr)));
    assert.equal(end.status, 2);
    assert.equal(end.stderr, "fcrdns: pulumi stack export failed: no stack named 'prod' found\n");
  });
});
