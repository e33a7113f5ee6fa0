"""The optional compiled passes; everything else stands in pyproject.toml."""

import os

from setuptools import Extension, setup

# no fused multiplication and addition: every machine shall give the same bytes
UNIX = ["-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"]
FLAGS = ["/O2", "/std:c11"] if os.name == "nt" else UNIX

setup(
    ext_modules=[
        Extension(
            "tracktwo.opinion._passes",
            sources=["src/tracktwo/opinion/_passes.c"],
            extra_compile_args=FLAGS,
            libraries=[] if os.name == "nt" else ["m"],
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
