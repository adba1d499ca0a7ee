namespace SyncHealth.Storage.Vitals;

/// <summary>One group of an answer. <paramref name="By"/> has the dimensions as asked, empty without grouping.</summary>
public sealed record VitalsGroup(IReadOnlyDictionary<string, string> By, IReadOnlyList<VitalsPoint> Points);
