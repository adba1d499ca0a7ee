-- Purpose: "ok", or the first sign of damage. No parameters, no index: it walks the file (10 MiB at most) once per start.
pragma quick_check(1);
