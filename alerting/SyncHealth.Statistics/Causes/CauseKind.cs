namespace SyncHealth.Statistics.Causes;

/// <summary>In which way a segment explains a change.</summary>
public enum CauseKind
{
    /// <summary>It fails more often than it did, and the rest does not.</summary>
    GotWorse,

    /// <summary>It fails as often as ever, but more traffic goes through it.</summary>
    MixMoved,

    /// <summary>It came into the place of others, fails more often than they did, and the whole place got worse by it.</summary>
    New,
}
