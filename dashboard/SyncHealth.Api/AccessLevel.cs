namespace SyncHealth.Api;

/// <summary>What a token opens; each level opens the ones below it. An ingest key opens none.</summary>
internal enum AccessLevel
{
    /// <summary>Vital signs, devices, alerts.</summary>
    Read = 1,

    /// <summary>What is said to the other readers: markers, silences, acknowledgements.</summary>
    Edit = 2,

    /// <summary>Keys, limits, retention, diagnosis.</summary>
    Administer = 3,
}
