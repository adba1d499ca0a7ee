namespace SyncHealth.Dashboard.State;

/// <summary>A core dimension: one that every vital sign can be grouped and filtered by at any range.</summary>
/// <param name="Name">The name in the API, <c>app_version</c>.</param>
/// <param name="Label">What people call it, <c>App version</c>.</param>
/// <param name="Short">The value of <c>by</c> in the address, <c>version</c>.</param>
/// <param name="Spoken">Inside a sentence, <c>app version</c>.</param>
public sealed record Dimension(string Name, string Label, string Short, string Spoken)
{
    public static readonly Dimension AppVersion = new("app_version", "App version", "version", "app version");
    public static readonly Dimension Os = new("os", "OS", "os", "OS");
    public static readonly Dimension Network = new("network", "Network", "network", "network");

    /// <summary>In the order in which a segment is spoken: version, OS, network.</summary>
    public static readonly IReadOnlyList<Dimension> Core = [AppVersion, Os, Network];

    public static Dimension? Find(string? nameOrShort) => Core.FirstOrDefault(dimension => dimension.Name == nameOrShort || dimension.Short == nameOrShort);
}
