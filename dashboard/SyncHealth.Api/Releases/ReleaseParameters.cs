using Microsoft.AspNetCore.Http;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Api.Releases;

/// <summary>What a question about releases calls a release.</summary>
internal static class ReleaseParameters
{
    public static readonly IReadOnlyList<(string Name, string Description)> OfReleases =
    [
        .. ParameterDocs.OfDevices.Where(parameter => parameter.Name is "app" or "filter"),
        ("by", "What a release is: version (default; whatever its build), build (the version with what follows '+'), or tag (the app's promoted tag)."),
    ];

    public static readonly IReadOnlyList<(string Name, string Description)> OfVerdict =
    [
        .. OfReleases.Where(parameter => parameter.Name != "by"),
        ("by", "version, build (default where the release holds a '+') or tag (the app's promoted tag, compared inside one version)."),
        ("baseline", "The release it is held against. Default: the other one with the most active devices in the same days."),
    ];

    /// <exception cref="InvalidParameterException"><c>by</c> is none of these.</exception>
    public static ReleaseKind ReadKind(IQueryCollection parameters, ReleaseKind fallback) => QueryParameters.Single(parameters, "by") switch
    {
        null => fallback,
        "version" => ReleaseKind.Version,
        "build" => ReleaseKind.Build,
        "tag" => ReleaseKind.Tag,
        var other => throw new InvalidParameterException("by", other, "version, build or tag"),
    };

    public static string NameOf(ReleaseKind kind) => kind switch
    {
        ReleaseKind.Build => "build",
        ReleaseKind.Tag => "tag",
        _ => "version",
    };
}
