using System.Net;

namespace SyncHealth.Alerting.Receivers;

/// <summary>How the fakes behave where the vendors differ from day to day.</summary>
public sealed class ReceiverOptions
{
    /// <summary>Events that PagerDuty takes with one routing key in any minute of real time. Default: 120, which is what the vendor calls approximate.</summary>
    public int PagerDutyPerMinute { get; set; } = 120;

    /// <summary>How long a new Jira issue cannot be found by search, in real time. Default: 1 s; the vendor's is seconds to a minute.</summary>
    public TimeSpan JiraSearchLag { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether Jira's workflow leads back from done. Default: true, as that of a new site.</summary>
    public bool JiraReopens { get; set; } = true;

    /// <summary>The secret that signs what comes to the webhook. It opens nothing. Default: the one of the published test vector.</summary>
    public string WebhookSecret { get; set; } = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Port of the mail server; 0 for any free one. Default: null, and there is none.</summary>
    public int? SmtpPort { get; set; }

    /// <summary>Address that the mail server listens on. Default: this machine alone.</summary>
    public IPAddress SmtpAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The password of whoever signs in to the mail server. It opens nothing.</summary>
    public string SmtpPassword { get; set; } = "demo";

    /// <summary>Another answer of the mail server to a command (<c>.</c> is the end of a message), as it might give on a bad day; null for its own.</summary>
    public Func<string, string?>? SmtpAnswer { get; set; }

    /// <summary>The clock of the vendors' own limits. Default: the wall clock.</summary>
    public TimeProvider WallClock { get; set; } = TimeProvider.System;
}
