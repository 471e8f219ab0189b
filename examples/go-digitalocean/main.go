package main

import (
	fcrdns "example.com/pulumi-pulumi-fcrdns/sdk/go/pulumifcrdns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		mail, err := fcrdns.NewSendingIp(ctx, "mail", &fcrdns.SendingIpArgs{
			Hostname:     "mail.example.com",
			Zone:         "example.com",
			Cloud:        "digitalocean",
			Dns:          "digitalocean",
			Digitalocean: &fcrdns.DigitaloceanSettingsArgs{Location: pulumi.StringRef("fra1")},
		})
		if err != nil {
			return err
		}
		// Known only when the round trip holds. Otherwise the update fails, and nothing that depends on it is created.
		ctx.Export("verified", mail.Verified)
		return nil
	})
}
