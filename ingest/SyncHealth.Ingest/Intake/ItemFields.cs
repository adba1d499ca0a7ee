using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>Puts one value of one field into a line of an event's lists. Each answers whether the value fits the field.</summary>
internal static class ItemFields
{
    public static bool SetText(DecodedBatch batch, ref DecodedItem item, ItemField field, ReadOnlySpan<byte> value)
    {
        ref string target = ref item.Entity;
        switch (field)
        {
            case ItemField.Entity: break;
            case ItemField.Kind: target = ref item.Kind; break;
            case ItemField.Strategy: target = ref item.Strategy; break;
            case ItemField.Winner: target = ref item.Winner; break;
            case ItemField.Code: target = ref item.Code; break;
            case ItemField.Reason: target = ref item.Reason; break;
            case ItemField.Report:
                item.Report = EventIdentity.OfBatch(value);
                return true;
            default: return false;
        }

        target = batch.Label(value);
        return true;
    }

    public static bool SetNumber(ref DecodedItem item, ItemField field, long value)
    {
        switch (field)
        {
            case ItemField.Count or ItemField.Discarded when value is < 0 or > int.MaxValue: return false;
            case ItemField.Count: item.Count = value; break;
            case ItemField.Discarded: item.Discarded = value; break;
            case ItemField.FirstSeq: item.FirstSeq = value; break;
            case ItemField.LastSeq: item.LastSeq = value; break;
            case ItemField.FirstAt: item.FirstAt = value; break;
            case ItemField.LastAt: item.LastAt = value; break;
            default: return false;
        }

        return true;
    }

    public static bool SetFlag(ref DecodedItem item, ItemField field, bool value)
    {
        if (field != ItemField.Parked)
            return false;
        item.Parked = value;
        return true;
    }

    public static void WrongType(ref DecodedEvent e, EventField list) => e.Reject(
        ReasonCodes.InvalidField, $"{FieldNames.Of(list)} must be a list of objects with the contract's fields; one has a value of the wrong type.");
}
