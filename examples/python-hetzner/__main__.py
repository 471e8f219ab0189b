import pulumi
import pulumi_fcrdns as fcrdns

mail = fcrdns.SendingIp(
    "mail",
    hostname="mail.example.com",
    zone="example.com",
    cloud="hetzner",
    dns="hetzner",
    hetzner={"location": "fsn1"},
)

# Known only when the round trip holds. Otherwise the update fails, and nothing that depends on it is created.
pulumi.export("verified", mail.verified)
