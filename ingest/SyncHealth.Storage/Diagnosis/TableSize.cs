namespace SyncHealth.Storage.Diagnosis;

/// <summary>What a table takes of the disk. The day partitions of <c>event</c> are one line, its default partition another.</summary>
/// <param name="Name">Name in the schema.</param>
/// <param name="Parts">Partitions behind the line; 1 for a plain table.</param>
/// <param name="TableBytes">Rows, with what is stored out of line.</param>
/// <param name="IndexBytes">Indexes.</param>
/// <param name="TotalBytes">Both.</param>
/// <param name="LiveRows">Estimate of the statistics collector.</param>
/// <param name="DeadRows">Estimate: rows that autovacuum has not cleared yet.</param>
public sealed record TableSize(string Name, int Parts, long TableBytes, long IndexBytes, long TotalBytes, long LiveRows, long DeadRows);
