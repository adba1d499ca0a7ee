namespace SyncHealth.Statistics.Verdicts;

/// <summary>What can be said of a release against its baseline. There is no "fine because nothing was found".</summary>
public enum Verdict
{
    /// <summary>At most as much worse as the margin allows, beyond doubt.</summary>
    NotWorse,

    /// <summary>Worse beyond doubt, and by enough to matter.</summary>
    Worse,

    /// <summary>Enough devices to ask, not enough to answer; about how many more is said beside it.</summary>
    Inconclusive,

    /// <summary>Too few devices to ask.</summary>
    Insufficient,

    /// <summary>The answer could still change with data that is known to be on its way.</summary>
    StillArriving,

    /// <summary>The devices that took the release were different before they took it, and their own before and after does not decide either.</summary>
    Confounded,
}
