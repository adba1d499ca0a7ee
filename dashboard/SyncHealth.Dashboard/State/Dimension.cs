using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.State;

/// <summary>Something that vital signs are grouped and filtered by.</summary>
/// <param name="Name">The name in the API, <c>app_version</c>.</param>
/// <param name="Label">What people call it, <c>App version</c>.</param>
/// <param name="Short">The value of <c>by</c> in the address, <c>version</c>.</param>
/// <param name="Spoken">Inside a sentence, <c>app version</c>.</param>
public sealed record Dimension(string Name, string Label, string Short, string Spoken)
{
    public static readonly Dimension AppVersion = new("app_version", "App version", "version", "app version");
    public static readonly Dimension Os = new("os", "OS", "os", "OS");
    public static readonly Dimension Network = new("network", "Network", "network", "network");

    public static readonly Dimension OsVersion = new("os_version", "OS version", "os_version", "OS version");
    public static readonly Dimension ErrorKind = new("error_kind", "Error kind", "error_kind", "error kind");

    /// <summary>Those that every vital sign has at any range, in the order in which a segment is spoken: version, OS, network.</summary>
    public static readonly IReadOnlyList<Dimension> Core = [AppVersion, Os, Network];

    /// <summary>All but tags.</summary>
    public static readonly IReadOnlyList<Dimension> All =
    [
        .. Core, OsVersion, new("type", "Sync type", "type", "sync type"),
        new("trigger", "Trigger", "trigger", "trigger"), new("device_model", "Device model", "device_model", "device model"),
        new("environment", "Environment", "environment", "environment"), new("outcome", "Outcome", "outcome", "outcome"), ErrorKind,
    ];

    /// <summary>Ingest cuts the names of tags below this.</summary>
    private const int MaxTagLength = 200;

    /// <summary>A core dimension.</summary>
    public static Dimension? Find(string? nameOrShort) => Core.FirstOrDefault(dimension => dimension.Name == nameOrShort || dimension.Short == nameOrShort);

    /// <summary>Any dimension, tags included: <c>tag:cohort</c>.</summary>
    public static Dimension? FindAny(string? nameOrShort) =>
        All.FirstOrDefault(dimension => dimension.Name == nameOrShort || dimension.Short == nameOrShort) ?? (IsTag(nameOrShort) ? Tag(nameOrShort!) : null);

    private static Dimension Tag(string name)
    {
        var spoken = $"tag {name[Dimensions.TagPrefix.Length..]}";
        return new Dimension(name, "T" + spoken[1..], name, spoken);
    }

    private static bool IsTag(string? name) =>
        name is not null && name.StartsWith(Dimensions.TagPrefix, StringComparison.Ordinal) && name.Length > Dimensions.TagPrefix.Length
        && name.Length <= MaxTagLength && name.AsSpan(Dimensions.TagPrefix.Length).IndexOfAny(':', '\0') < 0;
}
