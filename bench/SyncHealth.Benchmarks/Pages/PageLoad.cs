namespace SyncHealth.Benchmarks.Pages;

/// <summary>When a page came up, in milliseconds since navigation began.</summary>
/// <param name="Paint">First text or image.</param>
/// <param name="Interactive">Buttons and links answer.</param>
/// <param name="Answered">It shows its numbers.</param>
/// <param name="Drawn">Every chart is drawn.</param>
internal sealed record PageLoad(double Paint, double Interactive, double Answered, double Drawn);
