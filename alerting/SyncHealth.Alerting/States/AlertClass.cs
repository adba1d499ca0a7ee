namespace SyncHealth.Alerting.States;

/// <summary>What an alert instance of a rule tells. Each class is an alert of its own under the rule's name, so that routes and silences of the rule hold for it.</summary>
public enum AlertClass
{
    /// <summary>The rule's threshold is passed.</summary>
    Threshold = 1,

    /// <summary>There is nothing to measure (<c>noData: alert</c>).</summary>
    NoData = 2,

    /// <summary>Late events show that an earlier window was in breach (event clock).</summary>
    Late = 3,

    /// <summary>Nothing reaches us: it is the platform that is silent, not the devices. An alert of ours, under no rule of a file.</summary>
    IngestDown = 4,

    /// <summary>The files of rules and receivers were changed and cannot be used; what was in force before stays so. An alert of ours, under no rule of a file.</summary>
    RulesRefused = 5,
}
