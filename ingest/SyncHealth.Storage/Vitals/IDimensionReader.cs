namespace SyncHealth.Storage.Vitals;

/// <summary>Lists what an app can be grouped and filtered by.</summary>
public interface IDimensionReader
{
    /// <summary>Values that one dimension offers at most: more are typed, not picked.</summary>
    const int MaxValues = 200;

    /// <summary>The dimensions of an app that took a value, tags as <c>tag:NAME</c>, each with its values in natural order; empty for an unknown app.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListValuesAsync(string app, CancellationToken cancellationToken);
}
