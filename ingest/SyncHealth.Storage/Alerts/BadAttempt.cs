namespace SyncHealth.Storage.Alerts;

/// <summary>What makes an attempt one that a rule is about.</summary>
public enum BadAttempt
{
    /// <summary>It did not succeed.</summary>
    Failed,

    /// <summary>It did not succeed without a retry.</summary>
    NotFirstTry,

    /// <summary>It met a conflict.</summary>
    Conflicted,

    /// <summary>It took longer than asked.</summary>
    Slow,
}
