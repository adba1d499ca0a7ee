namespace SyncHealth.Storage.Verdicts;

/// <summary>Which releases the devices of an app run.</summary>
/// <param name="Releases">In natural order.</param>
/// <param name="PromotedTag">Name of the tag that a release can be a value of; null where the app has promoted none.</param>
/// <param name="OneDeviceIn">Of how many devices one was counted, for all of them: 1 where the numbers are exact.</param>
public sealed record InstallBase(IReadOnlyList<ReleaseUse> Releases, string? PromotedTag, int OneDeviceIn);
