using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Puts one key of a key-value list into a line of an event's lists.</summary>
internal static class OtlpItem
{
    public static bool TrySet(DecodedBatch batch, ref DecodedItem item, ReadOnlySpan<byte> key, scoped in OtlpValue value)
    {
        if (value.Kind == OtlpKind.None)
            return true;
        if (!FieldNames.Item.TryFind(key, out var field))
        {
            batch.Adjustments.UnknownFields++;
            return true;
        }

        return value.Kind switch
        {
            OtlpKind.Text => ItemFields.SetText(batch, ref item, field, value.Bytes),
            OtlpKind.Flag => ItemFields.SetFlag(ref item, field, value.Flag),
            OtlpKind.Whole => ItemFields.SetNumber(ref item, field, value.Whole),
            OtlpKind.Real => double.IsInteger(value.Real) && ItemFields.SetNumber(ref item, field, (long)value.Real),
            _ => false,
        };
    }
}
