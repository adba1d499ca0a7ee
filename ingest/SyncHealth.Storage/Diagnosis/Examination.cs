namespace SyncHealth.Storage.Diagnosis;

/// <summary>Everything that was looked at. What is null was not to be seen from here.</summary>
internal sealed record Examination
{
    /// <summary>The shared clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public required InstallationFacts Facts { get; init; }

    public required IReadOnlyList<LiveProcess> Processes { get; init; }

    public required IReadOnlyList<TableSize> Tables { get; init; }

    /// <summary>How far the database's clock is ahead of this host's.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>Fingerprint of the device key secret that this program is configured with.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Rules whose alerts reach nobody.</summary>
    public IReadOnlyList<string> UnreachedRules { get; init; } = [];
}
