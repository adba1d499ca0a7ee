namespace SyncHealth.Ingest.Intake;

/// <summary>How much of a text may be taken for something personal.</summary>
internal enum ScrubScope
{
    /// <summary>Nothing: ids, which are hashed and never stored, and app names, which the operator gives.</summary>
    None = 0,

    /// <summary>Addresses of mail and secrets. Versions are numbers with dots: 10.0.19045.1 is one, and an IP address to look at.</summary>
    Version = 1,

    /// <summary>Everything.</summary>
    Label = 2,
}
