using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Live;

/// <summary>Parts of what answers on a <see cref="Shelf{TKey,TAnswer}"/> are found by.</summary>
internal static class ShelfKey
{
    /// <summary>Filters, the same whatever their order: it makes no difference to an answer.</summary>
    public static string Of(IEnumerable<DimensionFilter> filters) =>
        string.Join('\n', filters.Select(filter => $"{filter.Dimension}:{filter.Value}").Order(StringComparer.Ordinal));
}
