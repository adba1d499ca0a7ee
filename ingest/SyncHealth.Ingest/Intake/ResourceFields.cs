using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>Puts the tags of a resource into it, held to their number and length.</summary>
internal static class ResourceFields
{
    public static void AddTag(DecodedBatch batch, DecodedResource resource, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var tags = resource.Tags ??= new SortedDictionary<string, string>(StringComparer.Ordinal);
        var key = batch.Label(name, EventLimits.MaxTagLength);
        if (tags.Count < EventLimits.MaxTags || tags.ContainsKey(key))
            tags[key] = batch.Label(value, EventLimits.MaxTagLength);
        else
            batch.Adjustments.Cut++;
    }
}
