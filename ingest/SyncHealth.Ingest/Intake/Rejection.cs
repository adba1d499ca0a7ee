namespace SyncHealth.Ingest.Intake;

/// <summary>Why one event of a batch was refused. It costs no other event anything.</summary>
/// <param name="Index">Position in the request, from 0.</param>
/// <param name="Code">One of <see cref="Contracts.ReasonCodes"/>.</param>
/// <param name="Message">For a person; never parsed.</param>
internal readonly record struct Rejection(int Index, string Code, string Message);
