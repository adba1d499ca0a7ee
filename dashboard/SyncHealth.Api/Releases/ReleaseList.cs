using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Api.Releases;

/// <summary>The releases of an app as of a moment.</summary>
/// <param name="By">What a release is: version, build or tag.</param>
/// <param name="OneDeviceIn">Of how many devices one was counted, for all of them: 1 where the numbers are exact.</param>
public sealed record ReleaseList(string App, DateTimeOffset At, string By, int OneDeviceIn, IReadOnlyList<ReleaseUse> Releases);
