namespace SyncHealth.Alerting.Receivers;

/// <summary>How the fakes behave where the vendors differ from day to day.</summary>
public sealed class ReceiverOptions
{
    /// <summary>How long a new Jira issue cannot be found by search, in real time. Default: 1 s; the vendor's is seconds to a minute.</summary>
    public TimeSpan JiraSearchLag { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock of the vendors' own limits. Default: the wall clock.</summary>
    public TimeProvider WallClock { get; set; } = TimeProvider.System;
}
