namespace SyncHealth.Alerting.Receivers;

/// <summary>How the fakes behave where the vendors differ from day to day.</summary>
public sealed class ReceiverOptions
{
    /// <summary>How long a new Jira issue cannot be found by search, in real time. Default: 1 s; the vendor's is seconds to a minute.</summary>
    public TimeSpan JiraSearchLag { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether Jira's workflow leads back from done. Default: true, as that of a new site.</summary>
    public bool JiraReopens { get; set; } = true;

    /// <summary>The secret that signs what comes to the webhook. It opens nothing. Default: the one of the published test vector.</summary>
    public string WebhookSecret { get; set; } = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The clock of the vendors' own limits. Default: the wall clock.</summary>
    public TimeProvider WallClock { get; set; } = TimeProvider.System;
}
