using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>Puts the tags of a resource into it, held to their number and length.</summary>
internal static class ResourceFields
{
    public static void AddTag(DecodedBatch batch, DecodedResource resource, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        AddTag(batch, resource, batch.Label(name, EventLimits.MaxTagLength), batch.Label(value, EventLimits.MaxTagLength));

    /// <param name="batch">Counts a tag for which there is no place.</param>
    /// <param name="resource">Whose tag it is.</param>
    /// <param name="name">Of bounded length.</param>
    /// <param name="value">Of bounded length.</param>
    public static void AddTag(DecodedBatch batch, DecodedResource resource, string name, string value)
    {
        var tags = resource.Tags ??= new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (tags.Count < EventLimits.MaxTags || tags.ContainsKey(name))
            tags[name] = value;
        else
            batch.Adjustments.Cut++;
    }
}
