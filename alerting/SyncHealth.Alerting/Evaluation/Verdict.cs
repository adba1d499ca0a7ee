namespace SyncHealth.Alerting.Evaluation;

/// <summary>What a measurement means for a rule.</summary>
public enum Verdict
{
    /// <summary>Too little data to say anything: never pages, never resolves.</summary>
    NoEvidence = 1,

    /// <summary>On the good side of <c>recover</c>.</summary>
    Good = 2,

    /// <summary>Within the threshold, but not yet beyond <c>recover</c>.</summary>
    Between = 3,

    /// <summary>Beyond the threshold.</summary>
    Breach = 4,

    /// <summary>Nothing succeeded at all: too plain to wait for.</summary>
    TotalFailure = 5,
}
