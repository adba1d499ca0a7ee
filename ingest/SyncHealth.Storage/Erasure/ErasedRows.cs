namespace SyncHealth.Storage.Erasure;

/// <summary>Rows that one step of an erasure deleted.</summary>
internal readonly record struct ErasedRows(long Devices, long Events, long OtherRows)
{
    public static ErasedRows operator +(ErasedRows left, ErasedRows right) =>
        new(left.Devices + right.Devices, left.Events + right.Events, left.OtherRows + right.OtherRows);
}
