namespace SyncHealth.Dashboard.Health;

/// <summary>How a vital sign is doing; a later one is worse.</summary>
public enum Band
{
    /// <summary>Nothing was measured.</summary>
    NoData = 0,

    /// <summary>Measured, but on too small a sample to judge.</summary>
    TooFew = 1,

    Good = 2,
    NeedsAttention = 3,
    Poor = 4,
}
